// One test at a time: the leak test watches the process's memory, and the global random state is shared.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
