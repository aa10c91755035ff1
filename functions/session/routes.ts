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
  logOut: route({
    ...base,
    operation: "portalLogOut",
    method: "DELETE",
    path: "/portal/session",
    summary: "End the session",
    replies: { 204: null },
  }),
};
