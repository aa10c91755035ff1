import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import * as z from "zod";
import type { Envelope } from "../../../events/envelope.ts";
import { clientLimits, type Part, readEnvironment } from "../../kit/lambda.ts";

const environmentSchema = z.object({ EVENT_BUS_NAME: z.string().min(1) });

/** What the rules of the bus listen to. */
const source = "drawdown";

export const bus: Part = () => {
  const { EVENT_BUS_NAME: name } = readEnvironment(environmentSchema);
  const client = new EventBridgeClient(clientLimits);
  return {
    putEvents: async (envelopes) => {
      if (envelopes.length === 0) return;
      const { FailedEntryCount: failed = 0 } = await client.send(
        new PutEventsCommand({ Entries: envelopes.map((one) => entryOf(name, one)) }),
      );
      if (failed > 0) throw new Error(`${failed} of ${envelopes.length} events were not taken`);
    },
  };
};

const entryOf = (bus: string, envelope: Envelope) => ({
  EventBusName: bus,
  Source: source,
  DetailType: envelope.type,
  Detail: JSON.stringify(envelope),
});
