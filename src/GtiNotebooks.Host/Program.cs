using GtiNotebooks.Host;
using GtiNotebooks.Host.Notebooks;

return args is [NotebookProcess.Marker, .. var job]
    ? await NotebookProcess.MainAsync(job)
    : await GtiProgram.RunAsync(args, Console.Out, Console.Error);
