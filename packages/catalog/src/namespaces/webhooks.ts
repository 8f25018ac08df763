import { defineEvents } from "../define-events.ts";

export const webhooks = defineEvents({
  id: "webhooks",
  title: "Webhooks",
  sample: { type: "webhook", name: "Order placed" },
  events: {
    webhook_created: { title: "Webhook created", sentence: "Created webhook {resource}", operation: "created" },
    webhook_updated: { title: "Webhook updated", sentence: "Updated webhook {resource}", operation: "updated" },
    webhook_deleted: { title: "Webhook deleted", sentence: "Deleted webhook {resource}", operation: "deleted" },
    webhook_enabled: { title: "Webhook enabled", sentence: "Enabled webhook {resource}", operation: "updated" },
    webhook_disabled: { title: "Webhook disabled", sentence: "Disabled webhook {resource}", operation: "updated" },
  },
});
