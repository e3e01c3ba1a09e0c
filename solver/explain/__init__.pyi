from .assigned import assigned_leads as assigned_leads
from .conflicts import Conflict as Conflict
from .conflicts import find_conflict as find_conflict
from .explanation import Alternative as Alternative
from .explanation import Explanation as Explanation
from .explanation import explain_lead as explain_lead
from .rule_costs import costs_of_rules as costs_of_rules
from .unassigned import unassigned_leads as unassigned_leads
