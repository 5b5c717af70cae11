using GtiNotebooks.Host;

return await GtiProgram.RunAsync(args, Console.Out, Console.Error);
