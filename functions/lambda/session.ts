import { build } from "../areas/session.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { tenants } from "./parts/tenants.ts";

export const handler = build(lambdaDeps(tenants));
