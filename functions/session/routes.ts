import * as z from "zod";
import { change, instant } from "../api/replies.ts";
import { route } from "../kit/route.ts";
import { brandReply } from "../portal/replies.ts";
import { brandQuery, linkBody, registerBody, tokenBody } from "../portal/schemas.ts";

const base = { area: "session", auth: "none", tag: "Client portal" } as const;

export const sessionRoutes = {
  getBrand: route({
    ...base,
    operation: "portalGetBrand",
    method: "GET",
    path: "/portal/brand",
    summary: "Whose portal this is; what the log-in page shows",
    query: brandQuery,
    replies: { 200: brandReply },
  }),
  askLink: route({
    ...base,
    operation: "portalAskLink",
    method: "POST",
    path: "/portal/session/link",
    summary: "Mail a log-in link; the answer is the same for an unknown address",
    body: linkBody,
    replies: { 202: null },
  }),
  register: route({
    ...base,
    operation: "portalRegister",
    method: "POST",
    path: "/portal/register",
    summary: "Become a customer, where the agency lets people; mails a link that makes it",
    body: registerBody,
    replies: { 202: null },
  }),
  logIn: route({
    ...base,
    operation: "portalLogIn",
    method: "POST",
    path: "/portal/session",
    summary: "Exchange a mailed token for a session cookie",
    body: tokenBody,
    replies: { 204: null },
  }),
  switchContact: route({
    ...base,
    auth: "contact",
    operation: "portalSwitchContact",
    method: "POST",
    path: "/portal/contacts/{id}/switch",
    summary: "Go on as another customer under the same address",
    params: { id: "contact" },
    replies: { 204: null },
  }),
  openPortal: route({
    ...change,
    area: "session",
    tag: "Customers",
    operation: "openPortal",
    method: "POST",
    path: "/v1/customers/{id}/contacts/{contactId}/portal-link",
    summary: "A single-use link with which staff open the portal for a contact",
    params: { id: "customer", contactId: "contact" },
    replies: { 201: z.strictObject({ url: z.string(), expiresAt: instant }) },
  }),
  logOut: route({
    ...base,
    operation: "portalLogOut",
    method: "DELETE",
    path: "/portal/session",
    summary: "End the session",
    replies: { 204: null },
  }),
};
