"""The whole line of the judicial procedure, by the people who walk it."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

NATRAJECT = "voor-en-natraject@wi"
INSPECTEUR = "wooninspecteur@wi"


async def test_from_melding_to_the_end_the_dossier_walks_every_status(zaak):
    one = await zaak(2)
    walked = [await one.status()]
    opdracht = await one.vraag_onderzoek()
    walked.append(await one.status())
    await one.voer_uit(opdracht)
    await one.valideer()
    walked.append(await one.status())
    await one.doe("woningcontroleur@wvl", "wi.kennisNemen", opdracht)
    await one.maak_pv()
    await one.teken("verbalisant@wi")
    await one.verzend_pv()
    walked.append(await one.status())
    await one.vorder()
    await one.schrijf_in()
    walked.append(await one.status())
    await one.gevolg()
    walked.append(await one.status())
    await one.uitspraak()
    walked.append(await one.status())
    await one.uitgevoerd()
    walked.append(await one.status())
    await one.doe(NATRAJECT, "wi.afsluiten", reden={"reden": "Hersteld."})
    walked.append(await one.status())
    assert walked == (await one.zie())["wi"]["stappen"]
    assert await one.taken() == set()
