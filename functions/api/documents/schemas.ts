import * as z from "zod";
import {
  type FileType,
  fileSizeMax,
  fileTypeNames,
  fileTypes,
  fitsName,
} from "../../../domain/documents/file-types.ts";
import { dayText, nameText } from "../../kit/fields.ts";
import { listQuery, queryFlag } from "../billing/schemas.ts";

/** No paths, and none of the marks that turn the reading direction: they make `gpj.exe` look like `exe.jpg`. */
const fileName = nameText.refine((name) => !/[/\\\u202a-\u202e\u2066-\u2069]/.test(name), {
  error: "must be a plain file name",
});

const record = z.string().max(100);
const records = { customer: record, invoice: record, quote: record, payment: record };
export type Named = { readonly [K in keyof typeof records]?: string | undefined };

const namesOne = (body: Named): boolean =>
  Object.keys(records).filter((name) => body[name as keyof Named] !== undefined).length === 1;

export const announceBody = z
  .strictObject({
    name: fileName,
    contentType: z.enum(fileTypeNames, {
      error: `must be one of ${fileTypeNames.join(", ")}`,
    }),
    size: z
      .number("must be a number of bytes")
      .int("must be a whole number of bytes")
      .min(1, "must be at least 1 byte")
      .max(fileSizeMax, `must be at most ${fileSizeMax} bytes`),
    visible: z.boolean().optional(),
    ...z.object(records).partial().shape,
  })
  .refine(namesOne, {
    error: "name one record that it belongs to: customer, invoice, quote or payment",
    path: ["customer"],
  })
  .refine(({ contentType, name }) => fitsName(contentType, name), {
    error: ({ input }) => endingOf((input as { contentType: FileType }).contentType),
    path: ["name"],
  });

export const endingOf = (type: FileType): string =>
  `must end with ${fileTypes[type].join(" or ")}, as files of its type do`;

export const documentPatch = z.strictObject({
  name: fileName.optional(),
  visible: z.boolean().optional(),
});

export const documentListQuery = z.strictObject({
  page: listQuery.page,
  limit: listQuery.limit,
  after: listQuery.after,
  ...z.object(records).partial().shape,
  visible: queryFlag.optional(),
  from: dayText.optional(),
  to: dayText.optional(),
});
