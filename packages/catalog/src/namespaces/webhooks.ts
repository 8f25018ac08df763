import { defineEvents } from "../define-events.ts";
import { text } from "../details.ts";
import { switchedOff, switchedOn } from "../shared-details.ts";

export const webhooks = defineEvents({
  id: "webhooks",
  title: "Webhooks",
  sample: { type: "webhook", name: "Order placed" },
  events: {
    webhook_created: {
      title: "Webhook created",
      sentence: "Created webhook {resource}",
      operation: "created",
      details: { "metadata.url": text("Where it sends to", "https://hooks.company.example/orders", { format: "uri" }) },
    },
    webhook_updated: {
      title: "Webhook updated",
      sentence: "Updated webhook {resource}",
      operation: "updated",
      details: { "metadata.url": text("Where it sends to", "https://hooks.company.example/orders", { format: "uri" }) },
    },
    webhook_deleted: { title: "Webhook deleted", sentence: "Deleted webhook {resource}", operation: "deleted" },
    webhook_enabled: { title: "Webhook enabled", sentence: "Enabled webhook {resource}", operation: "updated", details: switchedOn },
    webhook_disabled: { title: "Webhook disabled", sentence: "Disabled webhook {resource}", operation: "updated", details: switchedOff },
  },
});
