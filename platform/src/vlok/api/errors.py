"""What can be said no to, and what is simply broken.

Three kinds only. A ``Refusal`` is a correct, expected "no" to a user. A ``ContractError`` is a plugin, a data file or a
policy that is wrong: it is raised while starting, never while serving. Everything else is a defect.
"""


class ContractError(Exception):
    """A plugin, data file or policy breaks the kernel contract. Raised at start, never while serving."""


class Refusal(Exception):
    """An expected "no", shown to the user in Dutch.

    Raise it anywhere below ``execute()`` or a route; the transaction rolls back whole and the boundary answers with
    ``code`` (from the closed list in ``vlok.problems``) and ``tekst``. ``veld`` and ``stap`` point at the question.
    """

    def __init__(self, code: str, tekst: str, *, stap: str | None = None, veld: str | None = None) -> None:
        super().__init__(tekst)
        self.code = code
        self.tekst = tekst
        self.stap = stap
        self.veld = veld
