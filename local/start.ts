import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { messageOf, StartFailure } from "./failure.ts";
import { writeJson } from "./json-file.ts";
import { startSystem } from "./system.ts";

/** `npm start`: everything of Drawdown on this machine, until Ctrl-C. */
const { env } = process;
const folder = env.DATA_DIR ?? ".local";

try {
  const system = await startSystem({
    port: Number(env.PORT ?? 3000),
    host: env.HOST ?? "127.0.0.1",
    folder,
    clock: env.CLOCK ?? "system",
    endpoint: env.DYNAMODB_ENDPOINT,
    isQuiet: false,
  });
  writeJson(join(folder, "ready.json"), await system.ready());
  const seconds = (performance.now() / 1_000).toFixed(1);
  console.log(`Drawdown is ready at ${system.url} after ${seconds} s.`);
  console.log(
    `  docs ${system.url}/docs   keys ${join(folder, "ready.json")}   npm run demo plays the loop`,
  );
  const end = () => void system.stop().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  console.error(messageOf(error));
  process.exit(1);
}
