"""What a gemeente may set for procedure OO, and what only Wonen in Vlaanderen sets for it."""

from datetime import date

from vlok.api.parameters import AnyParameter, Parameter
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_oo.voorstel import Ondertekenflow

INFOSESSIE = "infosessie VLOK 11/03/2020, organisatieparameters"

HOORPLICHT_TERMIJN: Parameter[int] = Parameter(
    "oo.hoorplicht_termijn",
    "Hoorplicht: termijn om te reageren, in dagen",
    soort=int,
    default=termijn(Termijnsoort.HOORPLICHT, date.max).aantal,
    minimum=1,
    maximum=60,
    bron=f"{INFOSESSIE}; standaard en grenzen zijn een keuze van dit product",
)
SNELHERSTEL_TERMIJN: Parameter[int | None] = Parameter(
    "oo.snelherstel_termijn",
    "Beslissing: voorgestelde termijn voor snelherstel, in dagen",
    soort=int | None,  # type: ignore[arg-type]
    default=None,
    minimum=1,
    maximum=termijn(Termijnsoort.SNELHERSTEL, date.max).aantal,
    bron=f"{INFOSESSIE}; handleiding VLOK, validatie 15",
)
ONDERTEKENFLOW: Parameter[Ondertekenflow | None] = Parameter(
    "oo.ondertekenflow",
    "Beslissing: voorgestelde manier van ondertekenen",
    soort=Ondertekenflow | None,  # type: ignore[arg-type]
    default=None,
    bron=INFOSESSIE,
)
VRIJGESTELD: Parameter[bool] = Parameter(
    "oo.vrijgesteld",
    "Vrijgesteld van de adviesverplichting (vroeger: ontvoogd)",
    soort=bool,
    default=False,
    door="wvl",
    bron="handleiding VLOK, extra controles 1, 2, 6 en 7; Handboek woningkwaliteit 3.3.2",
)
PLAATS: Parameter[str] = Parameter(
    "oo.plaats_ondertekening",
    "Advies: plaats van ondertekening",
    soort=str,
    default="Brussel",
    bron="keuze van dit product",
)
PARAMETERS: tuple[AnyParameter, ...] = (
    HOORPLICHT_TERMIJN,
    SNELHERSTEL_TERMIJN,
    ONDERTEKENFLOW,
    VRIJGESTELD,
    PLAATS,
)
