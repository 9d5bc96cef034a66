"""Whose a row is, as an SQL expression for the published types."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from vlok.tenancy.tables import Organisatie


def organisatie_naam(rij: Any) -> ScalarSelect[str]:
    """The name of the organisation that owns a row."""
    return select(Organisatie.naam).where(Organisatie.domein == rij.domein).scalar_subquery()


def is_eigen(rij: Any) -> ColumnElement[bool]:
    """Whether a row is of the organisation for which the reader acts."""
    eigen: ColumnElement[bool] = rij.domein == func.current_setting("app.domein", True)
    return eigen
