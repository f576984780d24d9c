"""Types are executed during tests: every call in the library is checked against its annotations."""

from beartype import BeartypeConf
from beartype.claw import beartype_package

beartype_package("analysis", conf=BeartypeConf(is_pep484_tower=True))
