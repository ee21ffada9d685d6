namespace Tessera.Timetabling.Search.Events;

/// <summary>How the search counts a constraint at one point of application.</summary>
internal enum MonitorKind : byte
{
    /// <summary>Hours of meets without a time or at a wrong one.</summary>
    TimeSum,
    /// <summary>Hours of meets without a resource or with a wrong one.</summary>
    ResourceSum,
    /// <summary>Number and durations of an event's meets.</summary>
    Split,
    /// <summary>Number of meets of one duration.</summary>
    Distribution,
    /// <summary>Starts within time groups.</summary>
    Spread,
    /// <summary>Resources in one role of a group of events.</summary>
    SameResource,
    /// <summary>Times at which only some events of a group run.</summary>
    Link,
    /// <summary>Separation of two events.</summary>
    Order,
    Clashes,
    Unavailable,
    Idle,
    Cluster,
    Busy,
    Workload,
}
