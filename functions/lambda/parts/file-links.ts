import * as z from "zod";
import { createFileLinks } from "../../../domain/documents/documents.gateway.ts";
import { clientLimits, type Part, readEnvironment } from "../../kit/lambda.ts";

const environmentSchema = z.object({ FILES_BUCKET: z.string().min(3) });

export const fileLinks: Part = () => {
  const { FILES_BUCKET: bucket } = readEnvironment(environmentSchema);
  const links = createFileLinks({ bucket, client: clientLimits });
  return { fileLinks: async () => links };
};
