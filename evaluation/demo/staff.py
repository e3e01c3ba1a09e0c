"""The demo company's sales force: who they are and how well they sell."""

import numpy as np
import pandas as pd

PRODUCTS = ("Cloud", "Network", "Security", "Support")
LANGUAGES = ("en", "de", "fr", "es")

_MANAGERS = {
    "Atlas": "Ines Duarte",
    "Birch": "Marek Nowak",
    "Cedar": "Sofia Rossi",
    "Delta": "Peter Jansen",
}
_COLUMNS = "rep_id name team territories products languages seniority daily_capacity"
_STAFF = """
R01: Amira Haddad   : Atlas: North|Centre: Cloud|Security        : en|fr   : 4: 8
R02: Bruno Keller   : Atlas: North       : Cloud|Network|Support : en|de   : 2: 9
R03: Chloé Martin   : Atlas: North|Centre: Network|Security      : en|fr   : 3: 8
R04: Daniel Okafor  : Atlas: North       : Cloud|Security|Support: en      : 1: 6
R05: Elena Ruiz     : Birch: South       : Cloud|Network         : en|es   : 3: 9
R06: Farid Benali   : Birch: South|Centre: Cloud|Security        : en|fr|es: 4: 7
R07: Greta Lindqvist: Birch: South       : Network|Security      : en|de   : 2: 8
R08: Hugo Ferreira  : Birch: South       : Cloud|Security        : en|es   : 1: 6
R09: Ivana Horvat   : Cedar: East        : Cloud|Network|Security: en|de   : 3: 9
R10: Jonas Weber    : Cedar: East|Centre : Cloud|Support         : en|de   : 2: 8
R11: Katarina Novak : Cedar: East        : Network|Support       : en|de   : 1: 6
R12: Liam O'Connor  : Cedar: East|North  : Security|Support      : en      : 4: 7
R13: Mei Tanaka     : Delta: West        : Cloud|Network         : en|fr   : 2: 8
R14: Nora Schmidt   : Delta: West|Centre : Cloud|Security|Support: en|de   : 3: 9
R15: Oscar Vidal    : Delta: West        : Network|Support       : en|es|fr: 1: 6
R16: Priya Raman    : Delta: West|South  : Cloud|Network|Security: en|fr   : 4: 8
"""


def demo_reps() -> pd.DataFrame:
    """Return the sixteen reps of four teams; nobody sells Support in the South."""
    lines = _STAFF.strip().splitlines()
    cells = [[cell.strip() for cell in line.split(":")] for line in lines]
    reps = pd.DataFrame(cells, columns=_COLUMNS.split(), dtype=object)
    reps.insert(3, "manager", reps["team"].map(_MANAGERS).astype(object))
    return reps.astype({"seniority": np.int64, "daily_capacity": np.int64})


def demo_skills(reps: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return what each rep adds to a lead's logit, one row per ``rep_id``.

    ``talent`` speaks of every lead (standard deviation 0.35), a product's column
    of leads that want it (0.25), a language's column of leads that speak it (a
    loss where the rep does not), and ``size`` of every e-fold of deal value.
    """
    talent = rng.normal(0.0, 0.35, len(reps))
    skills = {"talent": talent - talent.mean()}
    for product in PRODUCTS:
        skills[product] = rng.normal(0.0, 0.25, len(reps))
    for language in LANGUAGES:
        speaks = [language in spoken.split("|") for spoken in reps["languages"]]
        skills[language] = np.where(speaks, 0.0, -0.6)
    skills["size"] = 0.12 * (reps["seniority"].to_numpy(np.float64) - 2.5)
    return pd.DataFrame(skills, index=pd.Index(reps["rep_id"], dtype=object))


def covering(reps: pd.DataFrame) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the positions of the reps who serve a territory with a product."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for position, rep in enumerate(reps.itertuples()):
        for territory in str(rep.territories).split("|"):
            for product in str(rep.products).split("|"):
                served = found.get((territory, product), ())
                found[territory, product] = (*served, position)
    return found
