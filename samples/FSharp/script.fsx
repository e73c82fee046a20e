// Two stores, planned and applied by a script. It needs an emulator, or the service:
//   deltastream-emulator --token any
//   DELTASTREAM_SERVER=http://127.0.0.1:8088/v2 DELTASTREAM_API_KEY=any dotnet fsi samples/FSharp/script.fsx
// With the package, one line takes the place of the next three:  #r "nuget: DeltaStream.Sdk"
#I "../../runtime/DeltaStream.Stores.Tool/bin/Release/net10.0" // It was built, and has all that the SDK uses.
#r "DeltaStream.Data.dll"
#r "DeltaStream.Sdk.dll"

open System
open DeltaStream.Data
open DeltaStream.Sdk

let orders =
    KafkaStoreArgs(
        Name = "orders",
        Uris = "b-1.example.com:9092",
        SaslHashFunction = KafkaSaslHashFunction.Sha512,
        SaslUsername = Secret "orders",
        SaslPassword = Secret(Guid.NewGuid().ToString())
    )

let clicks =
    KinesisStoreArgs(
        Name = "clicks",
        Uris = "https://kinesis.us-east-1.amazonaws.com",
        IamRoleArn = "arn:aws:iam::123456789012:role/example"
    )

let declared: StoreArgs list = [ orders; clicks ]

task {
    use dataSource = DeltaStreamDataSource.FromEnvironment()
    let client = StoreClient dataSource

    let! plan = client.PlanAsync declared
    printfn $"{plan}"

    let! result = client.ApplyAsync plan
    result.ThrowIfFailed()
    printfn $"{result}"

    // What is known of the stores tells the next plan that there is nothing to do. Keep it in a StoreStateFile.
    let! again = client.PlanAsync(declared, result.State)
    printfn $"{again}"
}
|> _.GetAwaiter().GetResult()
