namespace Tessera.Timetabling.Model;

/// <summary>A place for one lesson at a time; a virtual room stands for one real room out of each of its sets.</summary>
public sealed class Room
{
    internal Room(int index, string name, int capacity, string building)
        => (Index, Name, Capacity, Building) = (index, name, capacity, building);

    /// <summary>Position in <see cref="School.Rooms"/>.</summary>
    public int Index { get; }
    public string Name { get; }
    /// <summary>Seats; <see cref="int.MaxValue"/> when unlimited.</summary>
    public int Capacity { get; }
    /// <summary>Empty when the room belongs to no building.</summary>
    public string Building { get; }
    /// <summary>For a virtual room: the sets of real rooms, one room is taken of each. Empty for a real room.</summary>
    public IReadOnlyList<IReadOnlyList<Room>> RealRoomSets { get; internal set; } = [];
    public bool IsVirtual => RealRoomSets.Count > 0;
    public override string ToString() => Name;
}
