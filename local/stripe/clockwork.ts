import { fraction } from "./kit/ids.ts";
import type { Task } from "./kit/kinds.ts";
import { type Machine, openWorld } from "./kit/world.ts";
import { expireSession } from "./payments/expire-session.ts";
import { settleRefund } from "./payments/refunds.ts";
import { settleDebit } from "./payments/settle-debit.ts";
import { attempt, type Deliver, type Due } from "./webhooks/deliver.ts";

export interface Clockwork {
  /** The earliest instant at which a task or a delivery is due; it may be past. */
  dueInstants(): string | undefined;
  /** Runs every task and delivery that is due now, each once. Says how many it ran. */
  runDue(): Promise<number>;
  countDue(): number;
}

interface Waiting {
  account: string;
  id: string;
  task: Task;
}

export function createClockwork(
  machine: Machine,
  how: { deliver(): Deliver; secret(): string; baseUrl(): string },
): Clockwork {
  const dueTasks = () => tasksOf(machine).filter(({ task }) => task.at <= machine.now());
  const dueDeliveries = () =>
    deliveriesOf(machine).filter(({ delivery }) => delivery.at <= machine.now());
  return {
    dueInstants() {
      const instants = [
        ...tasksOf(machine).map(({ task }) => task.at),
        ...deliveriesOf(machine).map(({ delivery }) => delivery.at),
      ];
      return instants.reduce<string | undefined>(
        (earliest, at) => (earliest === undefined || at < earliest ? at : earliest),
        undefined,
      );
    },
    countDue: () => dueTasks().length + dueDeliveries().length,
    async runDue() {
      const tasks = dueTasks().toSorted((a, b) => (a.task.at < b.task.at ? -1 : 1));
      for (const waiting of tasks) perform(machine, waiting, how.baseUrl());
      const deliveries = inOrder(machine, dueDeliveries());
      for (const due of deliveries) {
        await attempt(machine, due, { deliver: how.deliver(), secret: how.secret() });
      }
      return tasks.length + deliveries.length;
    },
  };
}

function tasksOf(machine: Machine): Waiting[] {
  return machine.store
    .accounts()
    .flatMap((account) =>
      [...machine.store.list(account, "task")].map(([id, task]) => ({ account, id, task })),
    );
}

function deliveriesOf(machine: Machine): Due[] {
  return machine.store.accounts().flatMap((account) =>
    [...machine.store.list(account, "delivery")].map(([id, delivery]) => ({
      account,
      id,
      delivery,
    })),
  );
}

/** Stripe promises no order; `shuffle` makes sure that nobody relies on one. */
function inOrder(machine: Machine, due: Due[]): Due[] {
  const controls = openWorld(machine, nobody).controls();
  if (!controls.webhooks.shuffle) return due;
  return due
    .map((one) => ({ one, rank: fraction(machine.random) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

const request = { id: null, idempotency_key: null };
const nobody = { account: "", baseUrl: "", request };

/** A task and its removal are one transaction, so it happens once. */
function perform(machine: Machine, waiting: Waiting, baseUrl: string): void {
  const { account, id, task } = waiting;
  machine.store.transact(() => {
    const world = openWorld(machine, { account, baseUrl, request }, task.at);
    world.remove("task", id);
    if (task.kind === "settle-debit") settleDebit(world, task);
    if (task.kind === "settle-refund") settleRefund(world, task);
    if (task.kind === "expire-session") {
      const session = world.find("checkout_session", task.session);
      if (session !== undefined) expireSession(world, session);
    }
  });
}
