// PostGraphile with the settings that the row policies read; the amber preset, filters on, nothing else.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";
import { grafserv } from "postgraphile/grafserv/node";

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  disablePlugins: ["PgIndexBehaviorsPlugin"], // else only indexed columns can be filtered and sorted on
  pgServices: [
    makePgService({
      poolConfig: { max: 10 },
      schemas: ["public"],
      pgSettings: ({ node }) => ({
        "app.domein": node?.req.headers["x-domein"] ?? "",
        "app.gebied": node?.req.headers["x-gebied"] ?? "",
        "app.gebruiker": node?.req.headers["x-gebruiker"] ?? "",
      }),
    }),
  ],
  grafast: {
    context: (ctx) => ({
      pgSettings: {
        "app.domein": ctx.node?.req.headers["x-domein"] ?? "",
        "app.gebied": ctx.node?.req.headers["x-gebied"] ?? "",
        "app.gebruiker": ctx.node?.req.headers["x-gebruiker"] ?? "",
      },
    }),
  },
  grafserv: { port: Number(process.env.PORT), graphiql: false, watch: false },
};

const instance = postgraphile(preset);
const server = createServer();
server.on("error", (fault) => { console.error(fault); process.exit(1); });
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
