namespace Acme
{
    /// <summary>Declares stores.</summary>
    public static class User
    {
        /// <summary>A subtype of the project's own beside a built-in one.</summary>
        public static global::DeltaStream.Sdk.StoreArgs[] Stores()
        {
            return new global::DeltaStream.Sdk.StoreArgs[]
            {
                new AcmeStoreArgs
                {
                    Name = "own",
                    Uris = "a:1",
                    Mode = AcmeMode.Fast,
                },
                new global::DeltaStream.Sdk.PostgresStoreArgs
                {
                    Name = "p",
                    Uris = "h/d",
                    Username = "u",
                    Password = new(Word()),
                },
            };
        }

        /// <summary>Both registries.</summary>
        public static int Subtypes()
        {
            return StoreSubtypes.All.Length + global::DeltaStream.Sdk.StoreSubtypes.All.Length;
        }

        private static string Word()
        {
            return global::System.Environment.GetEnvironmentVariable("WORD") ?? "";
        }
    }
}
