import type { Node } from "constructs";
import * as z from "zod";

const domainName = z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/);

const settingsSchema = z.object({
  /** One stage is one whole Drawdown; several can live in an account. `production` takes live money. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,11}$/)
    .default("staging"),
  /** Where people, programs and Stripe reach it, and whose mails it sends. */
  domain: domainName.default("drawdown.example"),
  /** ARN of a certificate for the domain, where the content network looks for it. Without: no host of its own. */
  certificate: z
    .string()
    .startsWith("arn:aws:acm:us-east-1:", "must be a certificate in us-east-1")
    .optional(),
  /** Whom alarms are mailed to. */
  alarmMail: z.email().optional(),
});
export type Settings = z.output<typeof settingsSchema>;

/** From `--context name=value` on the command line, or from cdk.json. */
export function settingsFrom(node: Pick<Node, "tryGetContext">): Settings {
  const given = Object.keys(settingsSchema.shape).map((name) => [name, node.tryGetContext(name)]);
  return settingsSchema.parse(Object.fromEntries(given));
}

export const prefixOf = ({ stage }: Pick<Settings, "stage">): string => `drawdown-${stage}`;

/** Of a function and its role: known before they are made, as the tenant role's trust names its callers. */
export const nameOf = (settings: Pick<Settings, "stage">, name: string): string =>
  `${prefixOf(settings)}-${name}`;

export const secretNameOf = (
  { stage }: Pick<Settings, "stage">,
  secret: "stripe-key" | "stripe-webhook",
): string => `drawdown/${stage}/${secret}`;
