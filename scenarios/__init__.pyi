from .errors import ScenarioError as ScenarioError
from .files import scenario_text as scenario_text
from .files import starter_files as starter_files
from .proposal import proposed_scenario as proposed_scenario
from .schema import Scenario as Scenario
from .schema import json_schema as json_schema
from .validation import ScenarioFile as ScenarioFile
from .validation import read_scenario as read_scenario
