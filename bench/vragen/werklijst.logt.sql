with p as materialized (
      select * from (
        (select t.* from unnest(%(rollen)s::text[]) r cross join lateral (
          select * from taak t where t.gesloten_op is null and t.domein = %(domein)s and t.rol = r and t.gebruiker_id is null
          and (%(gebied)s = '*' or t.gebied = %(gebied)s) order by t.sorteerdatum, t.id limit 51) t)
        union all
        (select * from taak t where t.gesloten_op is null and t.domein = %(domein)s and t.gebruiker_id = %(gebruiker)s
          and (%(gebied)s = '*' or t.gebied = %(gebied)s) order by t.sorteerdatum, t.id limit 51)) t
      order by sorteerdatum, id limit 51),
    e as materialized (select p.*, s.id as s_id, s.j as s_j, s.documenten from (select * from p order by sorteerdatum, id limit 50) p
      left join lateral (select s.id, x.documenten, json_build_object('referte', s.referte, 'soort', s.soort, 'status', s.status,
          'gestartOp', s.gestart_op, 'documenten', coalesce(x.j, '[]')) j
        from dossier s cross join lateral (select json_agg(x.j) j, array_agg(x.id) documenten from (select d.id, json_build_object(
          'referte', d.referte, 'soort', d.soort, 'titel', d.titel, 'status', d.status) j from document d where d.dossier_id = s.id
          and (d.domein = %(domein)s or (d.gedeeld_op is not null and (%(gebied)s = '*' or d.gebied = %(gebied)s)))
          order by d.aangemaakt_op, d.referte limit 2) x) x
        where s.id = p.dossier_id and (%(gebied)s = '*' or s.gebied = %(gebied)s)) s on true)
    select json_build_object('edges', (select json_agg(json_build_object('node', json_build_object(
      'referte', e.referte, 'nummer', e.nummer, 'naam', e.naam, 'rol', e.rol, 'deadline', e.deadline,
      'teLaat', coalesce(e.deadline < current_date and e.gesloten_op is null, false),
      'aangemaaktOp', e.aangemaakt_op, 'geslotenOp', e.gesloten_op,
      'onderwerp', (select json_build_object('referte', o.referte, 'soort', o.soort, 'titel', o.titel) from onderwerp o
        where o.id = e.onderwerp_id and (%(gebied)s = '*' or o.gebied = %(gebied)s)),
      'dossier', e.s_j)) order by e.sorteerdatum, e.id) from e),
      'pageInfo', json_build_object('hasNextPage', (select count(*) from p) > 50))::text as antwoord, null::uuid as geopend,
      array[]::uuid[] as pand, array(select distinct s_id from e where s_id is not null) as dossier,
      array(select distinct unnest(documenten) from e) as document
