import * as z from "zod";
import { createFileStore } from "../../../domain/documents/documents.gateway.ts";
import { clientLimits, type Part, readEnvironment } from "../../kit/lambda.ts";

const environmentSchema = z.object({ FILES_BUCKET: z.string().min(3) });

/** A zip of many papers takes longer than what others ask of AWS. */
const requestHandler = { ...clientLimits.requestHandler, requestTimeout: 20_000 };

export const files: Part = () => {
  const { FILES_BUCKET: bucket } = readEnvironment(environmentSchema);
  const store = createFileStore({ bucket, client: { ...clientLimits, requestHandler } });
  return { files: async () => store };
};
