import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { buildPortal } from "../scripts/build-portal.ts";
import { StartFailure } from "./failure.ts";
import { optionsFrom } from "./options.ts";
import { startSystem } from "./system.ts";

/** `npm start`: everything of Drawdown on this machine, until Ctrl-C. */
const stopMaxMs = 10_000;

try {
  const options = optionsFrom(process.env);
  // The pages are built while the rest starts.
  const [system] = await Promise.all([startSystem(options), buildPortal()]);
  const seconds = (performance.now() / 1_000).toFixed(1);
  console.log(`Drawdown is ready at ${system.url} after ${seconds} s.`);
  const keys = join(options.folder, "ready.json");
  console.log(`  docs ${system.url}/docs   keys ${keys}   npm run demo plays the loop`);
  const end = () => {
    setTimeout(() => process.exit(1), stopMaxMs).unref();
    void system.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  console.error(error.message);
  process.exit(1);
}
