import { setPriority } from "node:os";
import { createLimiter } from "../functions/kit/limiter.ts";
import { aShell } from "../test/support/shell.ts";

/**
 * One agency's flood in a process of its own, as each deployed request has one: until it is ended it asks
 * `perS` times a second and doesn't wait for answers. Its processor time comes last on this machine, since
 * deployed it is nobody else's.
 */
const perS = Number(process.argv[2]);
const stepMs = 20;
const idlest = 19;

setPriority(idlest);
const shell = await aShell({ deps: { limiter: createLimiter() } });
// The limits count real time.
shell.clock.set(new Date().toISOString());
const items = [{ name: "Noise", quantity: 1, price: 1 }];
const answers: Record<string, number> = {};
const ask = async (): Promise<void> => {
  const { status } = await shell.call("POST", "/v1/invoices", {
    customer: { billTo: { company: "Noise" } },
    items,
  });
  answers[status] = (answers[status] ?? 0) + 1;
};
process.once("SIGTERM", () => {
  console.log(JSON.stringify(answers));
  process.exit(0);
});
console.log("ready");
setInterval(() => {
  shell.clock.set(new Date().toISOString());
  for (let n = 0; n < (perS * stepMs) / 1_000; n += 1) void ask();
}, stepMs);
