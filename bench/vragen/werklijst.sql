with p as materialized (
      select * from (
        (select t.* from unnest(%(rollen)s::text[]) r cross join lateral (
          select * from taak t where t.gesloten_op is null and t.domein = %(domein)s and t.rol = r and t.gebruiker_id is null
          and (%(gebied)s = '*' or t.gebied = %(gebied)s) order by t.sorteerdatum, t.id limit 51) t)
        union all
        (select * from taak t where t.gesloten_op is null and t.domein = %(domein)s and t.gebruiker_id = %(gebruiker)s
          and (%(gebied)s = '*' or t.gebied = %(gebied)s) order by t.sorteerdatum, t.id limit 51)) t
      order by sorteerdatum, id limit 51)
    select json_build_object('edges', (select json_agg(json_build_object('node', json_build_object(
      'referte', p.referte, 'nummer', p.nummer, 'naam', p.naam, 'rol', p.rol, 'deadline', p.deadline,
      'teLaat', coalesce(p.deadline < current_date and p.gesloten_op is null, false),
      'aangemaaktOp', p.aangemaakt_op, 'geslotenOp', p.gesloten_op,
      'onderwerp', (select json_build_object('referte', o.referte, 'soort', o.soort, 'titel', o.titel) from onderwerp o
        where o.id = p.onderwerp_id and (%(gebied)s = '*' or o.gebied = %(gebied)s)),
      'dossier', (select json_build_object('referte', s.referte, 'soort', s.soort, 'status', s.status, 'gestartOp', s.gestart_op,
        'documenten', (select coalesce(json_agg(x.j), '[]') from (select json_build_object('referte', d.referte,
          'soort', d.soort, 'titel', d.titel, 'status', d.status) j from document d where d.dossier_id = s.id
          and (d.domein = %(domein)s or (d.gedeeld_op is not null and (%(gebied)s = '*' or d.gebied = %(gebied)s))) order by d.aangemaakt_op, d.referte limit 2) x))
        from dossier s where s.id = p.dossier_id and (%(gebied)s = '*' or s.gebied = %(gebied)s))))) from (select * from p order by sorteerdatum, id limit 50) p),
      'pageInfo', json_build_object('hasNextPage', (select count(*) from p) > 50))::text
