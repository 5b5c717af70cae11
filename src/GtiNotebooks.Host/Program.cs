return await GtiNotebooks.Host.GtiProgram.RunAsync(args, Console.Out, Console.Error);
