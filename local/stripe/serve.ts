import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { StripeStandIn } from "./stand-in.ts";

export interface ServedStandIn {
  url: string;
  host: string;
  port: number;
  close(): Promise<void>;
}

/** Port 0 takes a free one. */
export async function serveStandIn(
  standIn: Pick<StripeStandIn, "fetch">,
  where: { port: number; host?: string },
): Promise<ServedStandIn> {
  const host = where.host ?? "127.0.0.1";
  const started = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: standIn.fetch, port: where.port, hostname: host }, started.resolve);
  server.once("error", started.reject);
  const { port } = await started.promise;
  return {
    url: `http://${host}:${port}`,
    host,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
