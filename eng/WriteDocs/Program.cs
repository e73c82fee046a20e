using DeltaStream.WriteDocs;

return Docs.Run(args, Console.Out, Console.Error);
