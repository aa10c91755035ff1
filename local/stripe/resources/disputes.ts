import type Stripe from "stripe";
import type * as z from "zod";
import { type Endpoint, endpoint } from "../kit/endpoint.ts";
import { invalid } from "../kit/failure.ts";
import { isCreatedIn, pageOf } from "../kit/list.ts";
import {
  boolean,
  createdRange,
  type Known,
  mergeMetadata,
  metadata,
  object,
  paging,
  params,
  text,
} from "../kit/params.ts";
import type { World } from "../kit/world.ts";
import { closeDispute, isOpen } from "../payments/disputes.ts";

const listParams = params({
  ...paging,
  charge: text().optional(),
  created: createdRange().optional(),
  payment_intent: text().optional(),
} satisfies Known<Stripe.DisputeListParams>);
const updateParams = params({
  evidence: object({
    uncategorized_text: text(20_000).optional(),
    product_description: text(20_000).optional(),
    customer_name: text().optional(),
  }).optional(),
  metadata: metadata().optional(),
  submit: boolean().optional(),
} satisfies Known<Stripe.DisputeUpdateParams>);

export const disputeEndpoints: Endpoint[] = [
  endpoint({
    method: "get",
    path: "/v1/disputes",
    params: listParams,
    run(world, { charge, created, payment_intent: intent, ...page }) {
      const matching = world
        .list("dispute")
        .filter((dispute) => isCreatedIn(created, dispute.created))
        .filter((dispute) => charge === undefined || dispute.charge === charge)
        .filter((dispute) => intent === undefined || dispute.payment_intent === intent);
      return pageOf(matching, page, "/v1/disputes");
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/disputes/:id",
    params: params({}),
    run: (world, _params, { id }) => world.need("dispute", id),
  }),
  endpoint({
    method: "post",
    path: "/v1/disputes/:id",
    params: updateParams,
    run: (world, change, { id }) => updateDispute(world, world.need("dispute", id), change),
  }),
  endpoint({
    method: "post",
    path: "/v1/disputes/:id/close",
    params: params({}),
    run: (world, _params, { id }) => closeDispute(world, needOpen(world, id), "lost"),
  }),
];

function needOpen(world: World, id: string): Stripe.Dispute {
  const dispute = world.need("dispute", id);
  if (!isOpen(dispute)) throw invalid("This dispute is already closed");
  return dispute;
}

/** In Stripe's test mode the evidence's text decides: `winning_evidence`, `losing_evidence`. */
function updateDispute(
  world: World,
  dispute: Stripe.Dispute,
  change: z.output<typeof updateParams>,
): Stripe.Dispute {
  needOpen(world, dispute.id);
  const given = Object.entries(change.evidence ?? {}).filter(([, value]) => value !== undefined);
  const isSubmitted = given.length > 0 && change.submit !== false;
  const { evidence_details: details } = dispute;
  const isInquiry = dispute.status.startsWith("warning_");
  const next: Stripe.Dispute = {
    ...dispute,
    evidence: { ...dispute.evidence, ...Object.fromEntries(given) },
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || given.length > 0,
      submission_count: details.submission_count + (isSubmitted ? 1 : 0),
    },
    metadata: mergeMetadata(dispute.metadata, change.metadata),
    ...(isSubmitted ? { status: isInquiry ? "warning_under_review" : "under_review" } : {}),
  };
  world.put("dispute", dispute.id, next);
  world.emit("charge.dispute.updated", next);
  const word = isSubmitted ? change.evidence?.uncategorized_text : undefined;
  if (word === "winning_evidence") return closeDispute(world, next, "won");
  return word === "losing_evidence" ? closeDispute(world, next, "lost") : next;
}
