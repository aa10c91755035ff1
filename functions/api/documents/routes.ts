import { route } from "../../kit/route.ts";
import { change, read } from "../replies.ts";
import { documentListReply, documentReply } from "./replies.ts";
import { announceBody, documentListQuery, documentPatch } from "./schemas.ts";

const base = { area: "documents", tag: "Documents" } as const;
const one = { ...base, params: { id: "document" }, path: "/v1/documents/{id}" } as const;

export const documentsRoutes = {
  announceDocument: route({
    ...base,
    ...change,
    operation: "announceDocument",
    method: "POST",
    path: "/v1/documents",
    summary: "Announce a file and get a link to upload it to; it is listed once it is there",
    body: announceBody,
    replies: { 201: documentReply },
  }),
  listDocuments: route({
    ...base,
    ...read,
    operation: "listDocuments",
    path: "/v1/documents",
    summary: "List the files that are available, newest first",
    query: documentListQuery,
    replies: { 200: documentListReply },
  }),
  getDocument: route({
    ...one,
    ...read,
    operation: "getDocument",
    summary: "Read a document, with a link to fetch it",
    replies: { 200: documentReply },
  }),
  patchDocument: route({
    ...one,
    ...change,
    operation: "patchDocument",
    method: "PATCH",
    summary: "Rename it, show it to the customer's contacts or hide it",
    body: documentPatch,
    replies: { 200: documentReply },
  }),
  deleteDocument: route({
    ...one,
    ...change,
    operation: "deleteDocument",
    method: "DELETE",
    summary: "Delete it, and the file itself soon after",
    replies: { 204: null },
  }),
};
