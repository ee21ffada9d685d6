namespace Tessera.Timetabling.Model;

/// <summary>Where each lesson is: a start slot or unplaced, and the rooms it uses. Any timetable is legal, also a partial or a wrong one.</summary>
public sealed class Timetable
{
    private readonly int[] starts;
    private readonly RoomChoice?[] rooms;

    public Timetable(School school)
    {
        School = school;
        starts = new int[school.Activities.Count];
        rooms = new RoomChoice?[starts.Length];
        Array.Fill(starts, -1);
    }

    public School School { get; }

    /// <summary>Start slot of the lesson, -1 when it is unplaced.</summary>
    public int StartOf(Activity activity) => starts[activity.Index];

    /// <summary>The room asked for and the real rooms occupied; null when the lesson has no room.</summary>
    public RoomChoice? RoomOf(Activity activity) => rooms[activity.Index];

    public bool IsPlaced(Activity activity) => starts[activity.Index] >= 0;

    public int PlacedCount => starts.Count(s => s >= 0);

    /// <exception cref="ArgumentOutOfRangeException">The slot is not on the grid.</exception>
    public void Place(Activity activity, int slot, RoomChoice? room = null)
    {
        if (slot < 0 || slot >= School.Grid.SlotCount) throw new ArgumentOutOfRangeException(nameof(slot), slot, "Not a slot of the week.");
        starts[activity.Index] = slot;
        rooms[activity.Index] = room;
    }

    public void Unplace(Activity activity)
    {
        starts[activity.Index] = -1;
        rooms[activity.Index] = null;
    }

    public Timetable Clone()
    {
        var copy = new Timetable(School);
        starts.CopyTo(copy.starts, 0);
        rooms.CopyTo(copy.rooms, 0);
        return copy;
    }
}

/// <summary>A room as it was asked for and, when it is virtual, the real rooms that stand for it, one of each set in their order.</summary>
public sealed record RoomChoice(Room Room, IReadOnlyList<Room> RealRooms)
{
    public RoomChoice(Room room) : this(room, [room]) { }

    /// <summary>Whether these real rooms can stand for a room: they are it, or one of each of its sets.</summary>
    public bool Stands(Room room) => ReferenceEquals(room, Room)
        || room.IsVirtual && room.RealRoomSets.Count == RealRooms.Count && room.RealRoomSets.Zip(RealRooms).All(s => s.First.Contains(s.Second));

    /// <summary>The real rooms joined by "+", as the school's file format writes them.</summary>
    public override string ToString() => string.Join("+", RealRooms.Select(r => r.Name));
}
