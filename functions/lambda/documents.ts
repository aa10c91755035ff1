import { build } from "../areas/documents.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { fileLinks } from "./parts/file-links.ts";
import { tenants } from "./parts/tenants.ts";

export const handler = build(lambdaDeps(tenants, fileLinks));
