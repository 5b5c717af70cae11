using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

// The few lines of System.Reactive's Subject that a kernel needs.
internal sealed class EventSource : IObservable<KernelEvent>
{
    private readonly List<IObserver<KernelEvent>> observers = [];

    public IDisposable Subscribe(IObserver<KernelEvent> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (observers)
            observers.Add(observer);
        return new Subscription(this, observer);
    }

    public void Publish(KernelEvent happened)
    {
        foreach (var observer in Snapshot())
            observer.OnNext(happened);
    }

    public void Complete()
    {
        foreach (var observer in Snapshot())
            observer.OnCompleted();
    }

    private IObserver<KernelEvent>[] Snapshot()
    {
        lock (observers)
            return [.. observers];
    }

    private sealed class Subscription(EventSource source, IObserver<KernelEvent> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (source.observers)
                source.observers.Remove(observer);
        }
    }
}
