// The smallest program that uses the SDK: it declares a store, checks it and writes its statement.
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;

var archive = new S3StoreArgs
{
    Name = "archive",
    Uris = "https://mybucket.s3.us-west-2.amazonaws.com/",
    IamRoleArn = "arn:aws:iam::123456789012:role/example",
    IamExternalId = "external-id",
};
Console.WriteLine(StoreStatement.Create(archive));
