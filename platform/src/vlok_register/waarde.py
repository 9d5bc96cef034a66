"""What every value of the register shares: a text that cannot be read is refused in Dutch, with a code."""


class OngeldigeWaarde(ValueError):
    """A text that is not the value it should be.

    ``code`` is stable (``capakey.vorm``, ``insz.controlegetal``); ``tekst`` is the Dutch sentence for the user. Neither
    repeats the text itself where that could be personal data.
    """

    def __init__(self, code: str, tekst: str) -> None:
        super().__init__(tekst)
        self.code = code
        self.tekst = tekst
