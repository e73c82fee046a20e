"use strict";

const pulumi = require("@pulumi/pulumi");
const { Store } = require("./deltastream");

const config = new pulumi.Config();

const orders = new Store("orders", {
  name: "orders",
  kafka: {
    uris: "broker-1.example.com:9093,broker-2.example.com:9093",
    saslHashFunction: "SHA512",
    saslUsername: "orders-reader",
    saslPassword: config.requireSecret("kafkaPassword"),
  },
});

const customers = new Store("customers", {
  name: "customers",
  postgres: {
    uris: "postgresql://db.example.com:5432/customers",
    username: "customers_reader",
    password: config.requireSecret("postgresPassword"),
  },
});

const reports = new Store("reports", {
  name: "reports",
  snowflake: {
    uris: "https://my-account.snowflakecomputing.com",
    accountId: "my-account",
    cloudRegion: "AWS us-east-1",
    roleName: "REPORTS_WRITER",
    username: "REPORTS",
    warehouseName: "REPORTS_WH",
    clientKey: config.requireSecret("snowflakeClientKey"),
  },
});

exports.states = { orders: orders.state, customers: customers.state, reports: reports.state };
