import { lambdaDeps } from "../kit/lambda.ts";
import { build } from "../publish/publish.ts";
import { bus } from "./parts/bus.ts";

export const handler = build(lambdaDeps(bus));
