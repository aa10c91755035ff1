import { build } from "../areas/consumers.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { files } from "./parts/files.ts";
import { mail } from "./parts/mail.ts";
import { stripe } from "./parts/stripe.ts";
import { tenants } from "./parts/tenants.ts";

export const handler = build(lambdaDeps(tenants, stripe, mail, files));
