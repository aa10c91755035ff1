import {
  cancelPrepayment,
  patchPrepayment,
  pausePrepayment,
  resumePrepayment,
} from "../api/prepayments/change-prepayment.ts";
import { createPrepayment } from "../api/prepayments/create-prepayment.ts";
import { getPrepayment, listPrepayments } from "../api/prepayments/read-prepayments.ts";
import { deleteRecurring, patchRecurring } from "../api/recurring/change-recurring.ts";
import { createRecurring } from "../api/recurring/create-recurring.ts";
import {
  getRecurring,
  getSchedule,
  listRecurring,
  listRecurringInvoices,
} from "../api/recurring/read-recurring.ts";
import {
  pauseRecurring,
  resumeRecurring,
  startRecurring,
  stopRecurring,
} from "../api/recurring/run-recurring.ts";
import { deleteTopUp, getTopUp, putTopUp } from "../api/top-ups/top-up.ts";
import { buildArea } from "../kit/area.ts";

export const build = buildArea({
  area: "recurring",
  operations: [
    createRecurring,
    listRecurring,
    getRecurring,
    patchRecurring,
    deleteRecurring,
    startRecurring,
    pauseRecurring,
    resumeRecurring,
    stopRecurring,
    getSchedule,
    listRecurringInvoices,
    createPrepayment,
    listPrepayments,
    getPrepayment,
    patchPrepayment,
    pausePrepayment,
    resumePrepayment,
    cancelPrepayment,
    putTopUp,
    getTopUp,
    deleteTopUp,
  ],
});
