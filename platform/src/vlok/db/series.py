"""Number series: one per prefix and year, without gaps, because the row is locked until the transaction ends."""

from collections.abc import Iterable
from typing import ClassVar

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base
from vlok.api.referte import REFERTE


class Nummerreeks(Base):
    """The last number given out in a series."""

    __tablename__ = "nummerreeks"
    __rls__: ClassVar[str] = "open"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    laatste: Mapped[int]


async def take(session: AsyncSession, prefix: str, jaar: int, count: int) -> list[str]:
    """The next ``count`` references; a rolled-back transaction gives them back."""
    start = insert(Nummerreeks).values(prefix=prefix, jaar=jaar, laatste=count)
    step = start.on_conflict_do_update(
        index_elements=["prefix", "jaar"], set_={"laatste": Nummerreeks.laatste + count}
    ).returning(Nummerreeks.laatste)
    last = (await session.execute(step)).scalar_one()
    return [f"{prefix}{jaar % 100:02d}-{number:06d}" for number in range(last - count + 1, last + 1)]


async def reserve(session: AsyncSession, refertes: Iterable[str]) -> None:
    """Make each series start after the highest of these references, so that none of them is ever given again."""
    highest: dict[tuple[str, int], int] = {}
    for match in filter(None, map(REFERTE.match, refertes)):
        series = match["prefix"], 2000 + int(match["jaar"])
        highest[series] = max(highest.get(series, 0), int(match["nummer"]))
    if not highest:
        return
    rows = [{"prefix": prefix, "jaar": jaar, "laatste": last} for (prefix, jaar), last in sorted(highest.items())]
    start = insert(Nummerreeks).values(rows)
    raised = start.on_conflict_do_update(
        index_elements=["prefix", "jaar"],
        set_={"laatste": start.excluded.laatste},
        where=Nummerreeks.laatste < start.excluded.laatste,
    )
    await session.execute(raised)
