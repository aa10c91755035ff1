import { reconcile, timePasses } from "./actors/clock.ts";
import { nextDue, tick } from "./actors/ticks.ts";
import { Broken } from "./broken.ts";
import { requireCaughtUp } from "./checks/clockwork.ts";
import { requireGoodEnding } from "./checks/ending.ts";
import { calm } from "./machine.ts";
import { requirePromises, type World } from "./world.ts";

const dayMs = 86_400_000;
const roundsMax = 20;

/** No more trouble: all that is on its way arrives, then everything is added up. */
export async function end(world: World, isFocused: boolean): Promise<void> {
  world.note("the end");
  world.machine.rates = calm;
  world.stripe.standIn.control.webhooks({});
  // Debits come back after days, pages expire after one.
  await timePasses(world, world.clock.nowMs() + 9 * dayMs);
  for (let round = 1; isBusy(world); round += 1) {
    if (round > roundsMax) throw new Broken(`it does not settle: ${waitingIn(world)}`);
    world.clock.advance(120_000);
    await world.stripe.standIn.settle();
    await reconcile(world);
    await tick(world);
    await world.bus.deliver(1);
  }
  requirePromises(world);
  requireCaughtUp(world);
  await requireGoodEnding(world, isFocused);
}

const isBusy = (world: World): boolean =>
  world.bus.waiting.length + world.storage.outbox.length > 0 ||
  (nextDue(world) ?? "9999") < world.clock.now();

const waitingIn = ({ bus }: World): string =>
  bus.waiting.map(({ consumer, envelope }) => `${consumer.name} ${envelope.id}`).join(", ");
