import { buildArea } from "../kit/area.ts";
import { askLink, register } from "../session/ask-link.ts";
import { getBrand } from "../session/get-brand.ts";
import { logIn, logOut } from "../session/log-in.ts";
import { openPortal } from "../session/open-portal.ts";
import { switchContact } from "../session/switch-contact.ts";

export const build = buildArea({
  area: "session",
  operations: [getBrand, askLink, register, logIn, logOut, switchContact, openPortal],
});
