import { build } from "../jobs/find-due.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { dueQueue } from "./parts/due-queue.ts";

export const handler = build(lambdaDeps(dueQueue));
