import { type Id, isId } from "../shared/ids.ts";

/** Where files of agencies lie in the bucket, and where zips that are soon forgotten. */
export const objectFolders = { documents: "documents", zips: "zips" } as const;

export const documentKey = (agency: Id<"agency">, id: Id<"document">): string =>
  `${objectFolders.documents}/${agency}/${id}`;

export const zipKey = (agency: Id<"agency">, id: Id<"zip">): string =>
  `${objectFolders.zips}/${agency}/${id}`;

/** Whose file an object is; undefined for any other object. */
export function documentAt(
  key: string,
): { readonly agency: Id<"agency">; readonly id: Id<"document"> } | undefined {
  const [folder, agency = "", id = "", ...more] = key.split("/");
  if (folder !== objectFolders.documents || more.length > 0) return undefined;
  return isId("agency", agency) && isId("document", id) ? { agency, id } : undefined;
}
