import { buildPortal } from "../../scripts/build-portal.ts";

/** Once for all files: two builds at a time would take each other's files away. */
export const setup = buildPortal;
