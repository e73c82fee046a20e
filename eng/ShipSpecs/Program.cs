using DeltaStream.ShipSpecs;

return Release.Run(args, Console.Out, Console.Error);
