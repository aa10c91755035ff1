import { createHmac } from "node:crypto";
import { seconds } from "../kit/ids.ts";

/** https://docs.stripe.com/webhooks: HMAC-SHA256 over time and raw body. */
export function signatureHeader(body: string, secret: string, now: string): string {
  const time = seconds(now);
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return `t=${time},v1=${signature}`;
}
