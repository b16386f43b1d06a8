"""Who comes to activities: places, the waiting list, the door, and what who attended a training has from then on."""
