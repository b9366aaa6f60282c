import { ApiError } from "./api.js";

/// Does `action` with the values whenever `form` (a zoco-form) is submitted, and shows there what went wrong, unless
/// `handle(error)` returns true: then it took care of it.
export function onSubmit(form, action, handle = () => false) {
  form.addEventListener("zoco-submit", async (event) => {
    form.isBusy = true;
    try {
      await action(event.detail);
      form.isBusy = false;
    } catch (error) {
      form.isBusy = false;
      if (!(error instanceof ApiError)) throw error;
      if (!handle(error)) form.error = error;
    }
  });
}
