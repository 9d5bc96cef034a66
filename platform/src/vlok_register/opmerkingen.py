"""Writing a remark on a property."""

from vlok.api.opmerkingen import Plaats, Schrijven
from vlok_register.tables import Pand


class PandOpmerkingSchrijven(Schrijven[Pand]):
    """Opmerking schrijven bij een pand."""

    key = "register.pandOpmerkingSchrijven"
    subject = Pand

    def plaats(self, subject: Pand) -> Plaats:
        return Plaats(subject.id)
