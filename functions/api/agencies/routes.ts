import { route } from "../../kit/route.ts";
import { read } from "../replies.ts";
import {
  agencyReply,
  apiKeyListReply,
  apiKeyReply,
  eventListReply,
  newApiKeyReply,
} from "./replies.ts";
import { agencyPatch, apiKeyBody, apiKeysQuery, eventsQuery } from "./schemas.ts";

const base = { area: "agencies", tag: "Agency" } as const;
const admin = { ...base, auth: "key", role: "admin" } as const;

export const agenciesRoutes = {
  getAgency: route({
    ...base,
    ...read,
    operation: "getAgency",
    path: "/v1/agency",
    summary: "Read the agency and its settings",
    replies: { 200: agencyReply },
  }),
  patchAgency: route({
    ...admin,
    operation: "patchAgency",
    method: "PATCH",
    path: "/v1/agency",
    summary: "Change the agency; settings are merged level by level",
    body: agencyPatch,
    replies: { 200: agencyReply },
  }),
  createApiKey: route({
    ...admin,
    operation: "createApiKey",
    method: "POST",
    path: "/v1/api-keys",
    summary: "Make a key; its text is shown this once",
    body: apiKeyBody,
    replies: { 201: newApiKeyReply },
  }),
  listApiKeys: route({
    ...admin,
    operation: "listApiKeys",
    method: "GET",
    path: "/v1/api-keys",
    summary: "List the keys, without their texts",
    query: apiKeysQuery,
    replies: { 200: apiKeyListReply },
  }),
  getApiKey: route({
    ...admin,
    operation: "getApiKey",
    method: "GET",
    path: "/v1/api-keys/{id}",
    params: { id: "key" },
    summary: "Read a key, without its text",
    replies: { 200: apiKeyReply },
  }),
  revokeApiKey: route({
    ...admin,
    operation: "revokeApiKey",
    method: "DELETE",
    path: "/v1/api-keys/{id}",
    params: { id: "key" },
    summary: "Revoke a key at once",
    replies: { 204: null },
  }),
  listEvents: route({
    ...base,
    ...read,
    operation: "listEvents",
    path: "/v1/events",
    summary: "What happened, newest first; of one type or one record if asked",
    query: eventsQuery,
    replies: { 200: eventListReply },
  }),
};
